namespace Arena.Web.Components.Account;

/// <summary>What the account is and may do.</summary>
public sealed partial class OverviewPage
{
    private IList<string> roles = [];

    protected override async Task OnInitializedAsync()
    {
        await base.OnInitializedAsync();
        if (Account is not null)
        {
            roles = await Users.GetRolesAsync(Account);
        }
    }
}
