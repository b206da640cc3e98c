namespace Republic.Core.Inference.Http;

/// <summary>Reports the truncation of a conversation to the web process, which reads it as <c>HistoryFit</c>.</summary>
/// <param name="Length">In tokens of the prompt, as it was measured for the model.</param>
/// <param name="PromptTokens">Of what the model was given.</param>
/// <param name="Omitted">How many of the oldest messages it was not given.</param>
internal sealed record HistoryUsage(int Length, int PromptTokens, int Omitted);
