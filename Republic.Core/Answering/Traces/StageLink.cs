namespace Republic.Core.Answering.Traces;

/// <param name="Words">What can be done there.</param>
/// <param name="Address">On this Republic.</param>
public sealed record StageLink(string Words, string Address);
