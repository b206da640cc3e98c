using System.Text;
using Republic.Core.Datasets.Reading;
using Republic.Core.Datasets.Refining;
using Republic.Core.Datasets.Rows;

namespace Republic.Core.Datasets.Versions.Changes;

/// <summary>What a row becomes by hand, as a line of samples.jsonl and what the index says of it.</summary>
/// <param name="Line">With its line end.</param>
/// <param name="Index">Without what it keeps of the row that it replaces.</param>
internal sealed record ChangedRow(byte[] Line, IndexRow Index)
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static Outcome<ChangedRow> From(IReadOnlyList<RowMessage> messages)
    {
        var row = new RowText();
        foreach (var message in messages)
        {
            if (message is not { Role: not null, Content: not null })
            {
                return Failure.Invalid("messages", "Every message needs a role and a content, and both have to be texts.");
            }

            if (RoleOf(message.Role) is not { } role)
            {
                return Failure.Invalid(
                    "messages",
                    $"The role \"{Quoted.Of(message.Role)}\" is unknown; it has to be system, user or assistant."
                );
            }

            try
            {
                row.Add(role, row.Append(Strict.GetBytes(message.Content)));
            }
            catch (EncoderFallbackException)
            {
                return Failure.Invalid("messages", "The text holds half of a character (a lone surrogate).");
            }
        }

        if (JsonTurns.Check(row) is { } problem)
        {
            return Failure.Invalid("messages", $"The row cannot be learned from: {problem}.");
        }

        var measure = new RowMeasure();
        measure.Read(row);
        if (measure.Characters > RefinerySettings.LongestText)
        {
            return Failure.Invalid(
                "messages",
                FormattableString.Invariant($"The row has more than {RefinerySettings.LongestText:n0} characters.")
            );
        }

        var line = new ByteBuffer();
        SampleJson.Write(row, line);
        var index = new IndexRow
        {
            Hash = ContentHash.Of(line.Written),
            Length = line.Length + 1,
            Characters = measure.Characters,
            Quality = RowQuality.Of(measure),
            Turns = messages.Count,
        };
        line.Append((byte)'\n');
        return new ChangedRow(line.Written.ToArray(), index);
    }

    public IndexRow InPlaceOf(in IndexRow row) =>
        Index with
        {
            Line = row.Line,
            Part = row.Part,
            FirstRepeat = row.FirstRepeat,
            Repeats = row.Repeats,
        };

    private static RowRole? RoleOf(string role) =>
        role switch
        {
            "system" => RowRole.System,
            "user" => RowRole.User,
            "assistant" => RowRole.Assistant,
            _ => null,
        };
}
