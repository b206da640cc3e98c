namespace Republic.Core.Datasets.Reading.Tables;

/// <summary>Which columns are the prompt and the answer, by their names; else, of two columns, the first asks and the second answers.</summary>
internal static class TableGuess
{
    private static readonly string[] Prompts = ["prompt", "instruction", "question", "input", "query", "user", "human", "request"];
    private static readonly string[] Answers = ["completion", "response", "output", "answer", "reply", "assistant", "target"];
    private static readonly string[] Systems = ["system", "system_prompt", "system prompt"];

    public static RowMapping? From(IReadOnlyList<string> columns)
    {
        var prompt = Find(columns, Prompts);
        var answer = Find(columns, Answers);
        if (prompt is null || answer is null)
        {
            return columns.Count == 2 && columns[0] != columns[1] && columns.All(column => column.Length > 0)
                ? new RowMapping(columns[0], columns[1])
                : null;
        }

        var input = Find(columns, ["input", "context"]);
        return new RowMapping(prompt, answer, Find(columns, Systems), input == prompt ? null : input);
    }

    private static string? Find(IReadOnlyList<string> columns, string[] names) =>
        names
            .Select(name => columns.FirstOrDefault(column => column.Trim().Equals(name, StringComparison.OrdinalIgnoreCase)))
            .FirstOrDefault(found => found is not null);
}
