using Republic.Core.Llama.Native;

namespace Republic.Core.Lora.Retention;

/// <summary>One question of the retention set, as each of the two versions is asked it.</summary>
/// <param name="Kind">Where it comes from: general, domain or chats.</param>
/// <param name="Former">The conversation up to the question, with the system text of the version before.</param>
/// <param name="Draft">The same with the system text of the new version.</param>
internal sealed record RetentionPrompt(string Kind, IReadOnlyList<ChatLine> Former, IReadOnlyList<ChatLine> Draft)
{
    public string Question => Former[^1].Content;

    /// <param name="former">The system text of the version before.</param>
    /// <param name="draft">That of the new version.</param>
    public static RetentionPrompt Of(string kind, string? former, string? draft, string question) =>
        new(kind, Lines(former, question), Lines(draft, question));

    public static IReadOnlyList<ChatLine> Lines(string? system, string question) =>
        string.IsNullOrEmpty(system) ? [new("user", question)] : [new("system", system), new("user", question)];
}
