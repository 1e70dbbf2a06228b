using Arena.Application.Accounts;
using Arena.Data;
using Arena.Data.Accounts;
using Arena.Migrations;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;

namespace Arena.Web.Accounts;

/// <summary>Identity, its cookies and policies.</summary>
internal static class AccountSetup
{
    // how long a role that was taken or an account that was locked may still act
    private static readonly TimeSpan Recheck = TimeSpan.FromMinutes(1);

    public static void AddAccountPages(this WebApplicationBuilder builder, string keysFolder)
    {
        var services = builder.Services;
        services.AddOptions<AccountOptions>().Bind(builder.Configuration.GetSection("Arena:Accounts"));
        services.AddDataProtection().SetApplicationName("Arena").PersistKeysToFileSystem(new DirectoryInfo(keysFolder));
        services.AddAccounts();
        services.AddCascadingAuthenticationState();
        services.AddScoped<AuthenticationStateProvider, RevalidatingAccountState>();
        services.AddScoped<AccountRedirects>();
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies(cookies =>
        {
            cookies.ApplicationCookie!.Configure(ConfigureSession);
            cookies.TwoFactorUserIdCookie!.Configure(options => Name(options.Cookie, "arena-two-factor"));
            cookies.TwoFactorRememberMeCookie!.Configure(options => Name(options.Cookie, "arena-known-browser"));
        });
        services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, TokenAuthentication>(TokenAuthentication.Name, null);
        services.AddAuthorizationBuilder()
            .AddPolicy(Policies.Maintain, policy => policy.RequireRole(RoleNames.Maintainer, RoleNames.Administrator))
            .AddPolicy(Policies.Administer, policy => policy.RequireRole(RoleNames.Administrator));
        services.AddAntiforgery(options => Name(options.Cookie, "arena-form"));
        services.AddIdentityCore<ArenaUser>(ConfigureIdentity)
            .AddRoles<ArenaRole>()
            .AddEntityFrameworkStores<ArenaDbContext>()
            .AddSignInManager()
            .AddDefaultTokenProviders();
        services.Configure<SecurityStampValidatorOptions>(options => options.ValidationInterval = Recheck);
        services.Configure<DataProtectionTokenProviderOptions>(options => options.TokenLifespan = TimeSpan.FromHours(24));
    }

    private static void ConfigureSession(CookieAuthenticationOptions options)
    {
        Name(options.Cookie, "arena-session");
        options.LoginPath = "/account/login";
        options.LogoutPath = "/account/logout";
        options.AccessDeniedPath = "/error/403";
        options.ExpireTimeSpan = TimeSpan.FromDays(14);
        options.SlidingExpiration = true;
    }

    private static void ConfigureIdentity(IdentityOptions options)
    {
        ArenaDatabase.ConfigureStores(options);
        options.User.RequireUniqueEmail = true;
        // length is what counts
        options.Password.RequiredLength = 10;
        options.Password.RequiredUniqueChars = 4;
        options.Password.RequireDigit = false;
        options.Password.RequireLowercase = false;
        options.Password.RequireUppercase = false;
        options.Password.RequireNonAlphanumeric = false;
        options.Lockout.MaxFailedAccessAttempts = 5;
        options.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(15);
        options.SignIn.RequireConfirmedAccount = false;
    }

    private static void Name(CookieBuilder cookie, string name)
    {
        cookie.Name = name;
        cookie.HttpOnly = true;
        cookie.SameSite = SameSiteMode.Lax;
        cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        cookie.IsEssential = true;
    }
}
