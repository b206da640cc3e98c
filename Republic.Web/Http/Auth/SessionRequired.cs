namespace Republic.Web.Http.Auth;

/// <summary>
/// An endpoint that takes a sign-in and no personal access token: a stolen token must not make itself a successor, lock out the programs
/// that use a minion, or revoke the tokens of its owner.
/// </summary>
internal sealed record SessionRequired;
