namespace Republic.Core.Minions.Access;

/// <summary>Who is calling from outside: either a minion's own key, or a person's token for any of their minions.</summary>
/// <param name="Minion">Null with a person's token: then the request's model says which.</param>
/// <param name="MayChat">False for a token that was made without the scope.</param>
public sealed record ApiCaller(Guid Owner, ApiMinion? Minion, bool MayChat = true)
{
    public bool IsPerson => Minion is null;

    /// <summary>False for a token that lacks one of the scopes: it is not to do through a minion what it may not do itself.</summary>
    public bool MayReadAndWrite { get; init; } = true;
}
