namespace Republic.Core.Inference.Http;

/// <summary>What became of a conversation that was longer than its model answers well to; the web process reads it as <c>HistoryFit</c>.</summary>
/// <param name="Length">In tokens of the prompt, as it was measured for the model.</param>
/// <param name="PromptTokens">Of what the model was given.</param>
/// <param name="Omitted">How many of the oldest messages it was not given.</param>
internal sealed record HistoryUsage(int Length, int PromptTokens, int Omitted);
