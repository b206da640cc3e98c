namespace Republic.Sprout.Making;

/// <param name="Loss">A running mean over the last steps, nats per learned token.</param>
/// <param name="HeldBack">On dialogues that are not trained on; null between measurements.</param>
/// <param name="Tokens">Seen in this call, filling included.</param>
internal sealed record SproutProgress(int Step, int Steps, double Loss, double? HeldBack, long Tokens, TimeSpan Elapsed);
