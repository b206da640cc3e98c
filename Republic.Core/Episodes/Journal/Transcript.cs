using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Republic.Core.Episodes.Machine;

namespace Republic.Core.Episodes.Journal;

/// <summary>Everything that was said in a timeline, as one text.</summary>
internal static class Transcript
{
    /// <summary>One thing that was said.</summary>
    /// <param name="Seq">The number of the entry by which it was said.</param>
    internal sealed record Line(long Seq, string? State, string? Role, string? Outcome, string Text);

    /// <summary>What the events of a timeline say.</summary>
    public static IEnumerable<Line> Lines(IEnumerable<EntryData> entries)
    {
        foreach (var entry in entries)
        {
            var state = entry.Effects.OfType<EpisodeEffect.Publish>().FirstOrDefault()?.State;
            switch (entry.Event)
            {
                case EpisodeEvent.StepDone done:
                    yield return new(done.Seq, state, done.Role, done.Label, done.Text);
                    break;
                case EpisodeEvent.PersonActed acted:
                    yield return new(acted.Seq, state, acted.Role, acted.Label, acted.Text);
                    break;
                case EpisodeEvent.Injected injected:
                    yield return Of(injected);
                    break;
            }
        }
    }

    public static Line Of(EpisodeEvent.Injected injected)
    {
        var fact = injected.Fact is { } name ? $"{name} = {injected.Value?.GetRawText()}" : null;
        return new(injected.Seq, null, null, null, string.Join('\n', new[] { fact, injected.Text }.OfType<string>()));
    }

    public static Line Of(Step step) => new(step.DoneSeq!.Value, step.Action, step.Role, step.Outcome, step.Content);

    /// <summary>SHA-256 of the text, in hexadecimal digits.</summary>
    public static string Sha256(IEnumerable<Line> lines) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text(lines))));

    /// <summary>A heading for each line, which names entry, state, role and outcome, and below it its words.</summary>
    public static string Text(IEnumerable<Line> lines)
    {
        var text = new StringBuilder();
        foreach (var line in lines.OrderBy(line => line.Seq))
        {
            text.Append(CultureInfo.InvariantCulture, $"## {line.Seq}");
            foreach (var part in new[] { line.State, line.Role, line.Outcome }.OfType<string>())
            {
                text.Append(" · ").Append(part);
            }

            text.Append('\n').Append(line.Text).Append("\n\n");
        }

        return text.ToString();
    }
}
