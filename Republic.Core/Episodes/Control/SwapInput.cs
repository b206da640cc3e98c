namespace Republic.Core.Episodes.Control;

/// <summary>Who plays a role from now on.</summary>
/// <param name="Description">How they play it here, in a few words. Null leaves what was said of whoever plays it already; empty takes it away.</param>
public sealed record SwapInput(string? Role, Guid? CitizenId, string? Description);
