using Republic.Core.Data;
using Republic.Core.Lora.Retention;
using Republic.Core.Lora.Rows;
using Republic.Core.Providers;
using Republic.Core.Training.Prompts;

namespace Republic.Core.Training.Weights;

/// <summary>The prompts whose answers a run replays, as the trainer reads them.</summary>
public static class ReplayFile
{
    /// <summary>Beside the minion's own system text: what is kept under one alone would be lost under any other.</summary>
    private static readonly string?[] Others = [null, "You are a helpful assistant."];

    /// <summary>The prompts for a run outside of any minion, under the system text that most of its rows begin with.</summary>
    /// <param name="model">The base, a GGUF file.</param>
    /// <param name="data">The run's rows, as <see cref="LoraRun.DataPath"/>.</param>
    /// <param name="path">Where the prompts go, as <see cref="LoraRun.ReplayPath"/>.</param>
    /// <exception cref="LoraException">The rows cannot be read.</exception>
    public static void WriteFor(string model, string data, string path)
    {
        var isBuiltIn = ProviderCatalog.Embedded().Rows.Any(row => row.IsBuiltIn(Path.GetFileNameWithoutExtension(model)));
        Write(path, isBuiltIn, questionSet: 0, SystemOf(data));
    }

    /// <param name="questionSet">That the run measures with: the others are replayed.</param>
    /// <param name="systemPrompt">Under which the rows are learned.</param>
    internal static void Write(string path, bool isBuiltIn, int questionSet, string? systemPrompt) =>
        AtomicFile.Write(
            path,
            stream =>
                ReplayPrompts.Write(
                    stream,
                    ReferencePrompts
                        .For(isBuiltIn, chats: [], questionSet)
                        .Replayed.Select((question, i) => (i % 2 == 0 ? systemPrompt : Others[i / 2 % Others.Length], question))
                )
        );

    /// <summary>The questions of answers that are to be kept, under the system text of the rows.</summary>
    internal static void WriteKept(string path, IEnumerable<string> questions, string? systemPrompt) =>
        AtomicFile.Write(
            path,
            stream => ReplayPrompts.Write(stream, questions.Select(question => (systemPrompt, question))),
            isPrivate: true
        );

    private static string? SystemOf(string data)
    {
        if (!File.Exists(data))
        {
            // The run says so in its own words.
            return null;
        }

        return ChatRowReader
            .Read(data, [])
            .Select(row => row.Lines[0])
            .Where(line => line.Role == "system")
            .CountBy(line => line.Content)
            .DefaultIfEmpty()
            .MaxBy(text => text.Value)
            .Key;
    }
}
