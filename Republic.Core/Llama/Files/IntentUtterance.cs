namespace Republic.Core.Llama.Files;

/// <summary>One way of saying what an intent is about.</summary>
/// <param name="IsLearned">The model answers it as it should; else it only helps to find the intent.</param>
/// <param name="Vector">Of the embedding model that comes along, of length 1.</param>
internal sealed record IntentUtterance(string Intent, string Text, bool IsLearned, float[] Vector);
