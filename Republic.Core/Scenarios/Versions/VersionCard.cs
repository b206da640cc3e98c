namespace Republic.Core.Scenarios.Versions;

/// <summary>A version of a scenario as lists and the JSON API have it.</summary>
/// <param name="Sha256">Of its canonical text, in hexadecimal digits.</param>
public sealed record VersionCard(int Number, string Sha256, int StateCount, int TransitionCount, int RoleCount, DateTimeOffset CreatedAt);
