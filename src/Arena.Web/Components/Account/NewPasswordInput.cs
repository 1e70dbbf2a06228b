using System.ComponentModel.DataAnnotations;

namespace Arena.Web.Components.Account;

/// <summary>A form in which somebody chooses a password.</summary>
internal class NewPasswordInput
{
    [Required(ErrorMessage = "The password is missing.")]
    [StringLength(200, MinimumLength = 10, ErrorMessage = "A password has at least ten characters.")]
    public string Password { get; set; } = "";

    [Compare(nameof(Password), ErrorMessage = "The two are not the same.")]
    public string Repeated { get; set; } = "";
}
