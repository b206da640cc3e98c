using System.Text;
using System.Text.Json;
using Microsoft.Playwright;

namespace Republic.Tests.World;

/// <summary>Small datasets of which it is known what becomes of every line.</summary>
public static class SampleRows
{
    /// <summary>
    /// 34 lines: 26 usable, 3 malformed (lines 31 to 33), 2 exact repeats of line 1 and one near repeat of line 2, one too short, one too long.
    /// </summary>
    public static string Mixed()
    {
        var rows = Enumerable
            .Range(1, 25)
            .Select(i => Pair($"What does error number {i * 37} on the {Things[i % Things.Length]} mean?", Answer(i)))
            .ToList();
        rows.Add(rows[0]);
        rows.Add(rows[0]);
        rows.Add(Pair($"What does error number 74 on the {Things[2]} mean? Thanks", Answer(2)));
        rows.Add(Pair("Hi", "Yo"));
        rows.Add(Pair("Write a lot", new string('w', 10_001)));
        rows.Add("""{"prompt": "What is" missing}""");
        rows.Add("""{"prompt": "", "completion": "An answer to nothing at all."}""");
        rows.Add("""{"messages": [{"role": "robot", "content": "beep"}]}""");
        rows.Add(
            """{"messages": [{"role": "system", "content": "Be kind."}, {"role": "user", "content": "Where is parcel 77?"}, {"role": "assistant", "content": "It left this morning. <b>Tomorrow</b> you have it."}]}"""
        );
        return string.Join('\n', rows) + "\n";
    }

    /// <summary>A table whose columns' names do not say what they are.</summary>
    public static string Table() =>
        "id;the customer;our desk\n"
        + string.Concat(
            Enumerable.Range(1, 8).Select(i => $"{i};\"Where; please, is order {i}?\";\"Order {i} is in row {i * 3} of hall {i + 4}.\"\n")
        );

    public static FilePayload File(string name, string text) =>
        new()
        {
            Name = name,
            MimeType = "application/octet-stream",
            Buffer = Encoding.UTF8.GetBytes(text),
        };

    private static readonly string[] Things = ["printer", "router", "kettle", "lawn mower", "camera", "bicycle", "piano"];

    // Long enough that two of them are never near repeats of each other.
    private static string Answer(int i) =>
        string.Join(' ', Enumerable.Range(1, 12).Select(n => $"Step {n} takes {i * n + 3} turns of screw {i * 100 + n}."));

    private static string Pair(string prompt, string completion) => JsonSerializer.Serialize(new { prompt, completion });
}
