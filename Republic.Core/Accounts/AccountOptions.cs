using System.ComponentModel.DataAnnotations;
using Republic.Core.Accounts.SigningUp;

namespace Republic.Core.Accounts;

/// <summary>The section <c>Accounts</c> of the configuration.</summary>
public sealed class AccountOptions
{
    public const string Section = "Accounts";

    /// <summary>Who may make an account; the first one can always be made.</summary>
    public SignUpMode SignUp { get; set; } = SignUpMode.Open;

    /// <summary>The token that the first sign-up has to carry. Null: a new one is made at each start and written to the log.</summary>
    [MinLength(16)]
    public string? SetupToken { get; set; }

    /// <summary>Wrong passwords in a row before an e-mail address has to wait.</summary>
    [Range(1, 100)]
    public int FailuresBeforeWait { get; set; } = 5;

    public TimeSpan Wait { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Wrong passwords and keys a minute from one network address before that address has to wait.</summary>
    [Range(1, 100_000)]
    public int FailuresPerMinuteAndAddress { get; set; } = 30;

    /// <summary>How long a session may rest before it has to be begun anew.</summary>
    public TimeSpan SessionRest { get; set; } = TimeSpan.FromDays(14);

    public TimeSpan AccessTokenLife { get; set; } = TimeSpan.FromHours(1);
}
