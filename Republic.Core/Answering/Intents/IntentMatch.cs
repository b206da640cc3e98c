namespace Republic.Core.Answering.Intents;

/// <summary>An intent that a message is near to.</summary>
/// <param name="Likeness">Cosine of the message and the nearest utterance of the intent, 0 to 1; less where they speak of different people.</param>
/// <param name="Learned">The nearest utterance that the model answers as it should.</param>
internal sealed record IntentMatch(string Intent, double Likeness, string Learned);
