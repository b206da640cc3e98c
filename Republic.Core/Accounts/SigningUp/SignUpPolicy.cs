using Microsoft.Extensions.Options;
using Republic.Core.Accounts.Links;

namespace Republic.Core.Accounts.SigningUp;

/// <summary>Who may make an account. The first one needs the setup token; after it, the mode decides.</summary>
public sealed class SignUpPolicy(FirstRun firstRun, Invitations invitations, IOptionsMonitor<AccountOptions> options)
{
    public const string Closed = "Sign-up is closed here. Ask a superuser of this republic for an account.";
    public const string InvitedOnly = "You need an invitation to sign up here. Ask a superuser of this republic for a link.";
    public const string UselessInvitation = "This invitation was used already, or it has expired. Ask for a new one.";

    public SignUpMode Mode => options.CurrentValue.SignUp;

    /// <summary>Why nobody can sign up with this; null where somebody can.</summary>
    /// <param name="invitation">The token of an invitation's link.</param>
    public async Task<string?> ProblemAsync(string? invitation, CancellationToken ct) =>
        Mode switch
        {
            SignUpMode.Open => null,
            SignUpMode.Closed => Closed,
            _ when string.IsNullOrWhiteSpace(invitation) => InvitedOnly,
            _ => await invitations.IsOpenAsync(invitation, ct) ? null : UselessInvitation,
        };

    internal async Task<Failure?> RefusalAsync(SignUpInput input, bool isFirst, CancellationToken ct)
    {
        if (isFirst)
        {
            return input.FromHere || firstRun.IsToken(input.SetupToken)
                ? null
                : Failure.Invalid("setup_token", "The first account needs the token that was printed in the log when Republic started.");
        }

        return await ProblemAsync(input.Invitation, ct) is { } problem ? Failure.Forbidden(problem) : null;
    }

    /// <summary>Uses up an invitation within the transaction that makes the account.</summary>
    /// <returns>Whether one was used, or why there is to be no account: it was withdrawn or has expired since it was looked at.</returns>
    internal async Task<Outcome<bool>> AdmitAsync(SignUpInput input, Person person, CancellationToken ct) =>
        await invitations.UseAsync(input.Invitation, person.Id, ct) ? true
        : person.IsSuperuser || Mode == SignUpMode.Open ? false
        : Failure.Forbidden(UselessInvitation);

    /// <summary>An account is made: from now on the setup token is of no use.</summary>
    internal void Done() => firstRun.Done();
}
