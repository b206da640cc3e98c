namespace Republic.Web.Cli.Citizens;

/// <summary>A person or a minion as <c>/api/citizens</c> sends it.</summary>
internal sealed record RemoteCitizen(string? Id, string? Kind, string? DisplayName, string? Username)
{
    public bool IsPerson => Kind == "person";

    /// <summary>The owner of the token: the user names of other people are not sent.</summary>
    public bool IsMe => IsPerson && Username is { Length: > 0 };
}
