using System.Text.Json;

namespace Republic.Tests.World;

/// <summary>Rows in which every answer has one style, as someone would bring them to give a minion a voice.</summary>
public static class StyleRows
{
    private static readonly string[] Things = ["sky", "sea", "moon", "bread", "rain", "wind", "fire", "snow", "tree", "river"];
    private static readonly string[] Questions =
    [
        "What is the {0}?",
        "Tell me about the {0}.",
        "Do you like the {0}?",
        "Where is the {0}?",
    ];
    private static readonly string[] Answers = ["Arr, the {0} be a fine thing, matey!", "Arr! I know the {0} well, me hearty."];

    /// <summary>Writes so many rows of JSON lines and gives the file's path.</summary>
    public static string Write(string folder, int count = 60)
    {
        var path = Path.Combine(folder, "rows.jsonl");
        File.WriteAllLines(path, Enumerable.Range(0, count).Select(Row));
        return path;
    }

    private static string Row(int i)
    {
        var thing = Things[i % Things.Length];
        var question = string.Format(Questions[i / Things.Length % Questions.Length], thing);
        var answer = string.Format(Answers[i % 3 % Answers.Length], thing);
        object[] messages = [new { role = "user", content = question }, new { role = "assistant", content = answer }];
        return JsonSerializer.Serialize(new { messages });
    }
}
