namespace Republic.Core.Lora.Adapters;

/// <summary>A merged model, and how well it agrees with what it was made of on the tokens of 20 prompts.</summary>
/// <param name="LossTogether">Of llama.cpp with the base and the adapter, in nats per token.</param>
/// <param name="LossMerged">Of the merged model.</param>
/// <param name="Difference">By how much a token's loss differs, on average, as a share of the loss.</param>
/// <param name="Effect">By how much it differs between the base alone and the base with the adapter.</param>
public sealed record MergeResult(string Path, double LossTogether, double LossMerged, double Difference, double Effect);
