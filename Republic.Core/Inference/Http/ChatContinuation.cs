namespace Republic.Core.Inference.Http;

/// <summary>An answer that a child has begun that died, for the next one to go on with.</summary>
/// <param name="Id">Under which it was begun; as <paramref name="Created"/>, every chunk of it says it.</param>
/// <param name="Text">All that was passed on of it.</param>
/// <param name="Ms">How long its words took, in all children so far.</param>
internal sealed record ChatContinuation(string? Id, long Created, string? Text, double Ms);
