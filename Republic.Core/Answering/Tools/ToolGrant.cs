namespace Republic.Core.Answering.Tools;

/// <summary>What a call rests on and its person may have taken back since the answer began: it has to hold when the call is begun.</summary>
/// <param name="Url">The address that its server had then; null for what Republic does itself, and for a tool that is not offered any more.</param>
/// <param name="IsByAlways">Nobody is asked about the call only because the person said “always”.</param>
public sealed record ToolGrant(string? Url, bool IsByAlways);
