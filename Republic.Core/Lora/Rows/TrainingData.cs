using Republic.Core.Llama.Native;

namespace Republic.Core.Lora.Rows;

/// <summary>The rows of a file as the model reads them, and what became of the others.</summary>
/// <param name="Rows">All that were read.</param>
/// <param name="Cut">How many were longer than allowed and lost their end.</param>
internal sealed record TrainingData(IReadOnlyList<TrainingExample> Examples, int Rows, int Cut, IReadOnlyList<RowProblem> Problems)
{
    /// <summary>The rows that examples were made of.</summary>
    public required IReadOnlyList<ChatRow> Usable { get; init; }

    /// <summary>Which of them each example was made of.</summary>
    public required IReadOnlyList<int> RowOf { get; init; }

    /// <param name="maxLength">Tokens of an example.</param>
    /// <exception cref="LoraException">The file as a whole cannot be read.</exception>
    public static TrainingData Read(string path, LlamaModel model, int maxLength)
    {
        var problems = new List<RowProblem>();
        var rows = ChatRowReader.Read(path, problems);
        var total = rows.Count + problems.Count;
        var chat = new ChatExamples(model);
        var (examples, usable, rowOf) = (new List<TrainingExample>(), new List<ChatRow>(), new List<int>());
        var cut = 0;
        foreach (var row in rows)
        {
            var found = chat.Of(row.Lines);
            var fitting = found.Select(example => example.CutTo(maxLength)).Where(example => example.LearnedCount > 0).ToList();
            cut += found.Any(example => example.Tokens.Length > maxLength) && fitting.Count > 0 ? 1 : 0;
            examples.AddRange(fitting);
            rowOf.AddRange(fitting.Select(_ => usable.Count));
            if (fitting.Count > 0)
            {
                usable.Add(row);
            }
            else
            {
                problems.Add(new RowProblem(row.Line, Reason(found.Count, maxLength)));
            }
        }

        return new TrainingData(examples, total, cut, problems) { Usable = usable, RowOf = rowOf };
    }

    /// <summary>In words, for whoever brought the data.</summary>
    public string Summary(int maxLength)
    {
        var words = $"{Rows} rows, {Rows - Problems.Count} usable";
        if (Cut > 0)
        {
            words += $", {Cut} cut to {maxLength} tokens";
        }

        return Problems.Count == 0 ? words : $"{words}, {Problems.Count} left out (line {Problems[0].Line}: {Problems[0].Reason})";
    }

    private static string Reason(int found, int maxLength) =>
        found == 0
            ? "the model's chat template does not let its answers be told apart"
            : $"its answer begins only after {maxLength} tokens";
}
