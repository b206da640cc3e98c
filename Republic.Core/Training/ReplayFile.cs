using Republic.Core.Data;
using Republic.Core.Lora.Retention;
using Republic.Core.Training.Prompts;

namespace Republic.Core.Training;

/// <summary>The prompts whose answers a run replays, as the trainer reads them.</summary>
internal static class ReplayFile
{
    /// <summary>Beside the minion's own system text: what is kept under one alone would be lost under any other.</summary>
    private static readonly string?[] Others = [null, "You are a helpful assistant."];

    /// <param name="systemPrompt">Under which the rows are learned.</param>
    public static void Write(string path, bool isBuiltIn, string? systemPrompt) =>
        AtomicFile.Write(
            path,
            stream =>
                ReplayPrompts.Write(
                    stream,
                    ReferencePrompts
                        .For(isBuiltIn, chats: [])
                        .Replayed.Select((question, i) => (i % 2 == 0 ? systemPrompt : Others[i / 2 % Others.Length], question))
                )
        );
}
