namespace Republic.Core.Llama.Files;

/// <summary>An intent that a message is near to.</summary>
/// <param name="Likeness">Cosine of the message and the nearest utterance of the intent, 0 to 1; less where they speak of different people.</param>
/// <param name="Learned">The nearest utterances that the model answers as it should, at most three; at least one.</param>
/// <param name="IsTalk">Small talk, and no question about Republic.</param>
internal sealed record IntentMatch(string Intent, double Likeness, IReadOnlyList<string> Learned, bool IsTalk = false);
