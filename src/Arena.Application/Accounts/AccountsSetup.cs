using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Arena.Application.Accounts;

/// <summary>The use cases of this folder. They need Identity's stores over a scoped <c>ArenaDbContext</c> and <c>AuditLog</c>.</summary>
public static class AccountsSetup
{
    public static IServiceCollection AddAccounts(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddScoped<FirstAdministrator>();
        services.AddScoped<AccountRegistration>();
        services.AddScoped<AccountAdministration>();
        services.AddSingleton<PersonalTokens>();
        return services;
    }
}
