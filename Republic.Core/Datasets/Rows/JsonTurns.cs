using System.Text.Json;

namespace Republic.Core.Datasets.Rows;

/// <summary>Reads a list of messages: role and content, or from and value as ShareGPT calls them.</summary>
internal sealed class JsonTurns
{
    private const string NoText = "has a content that is no text";
    private RowRole? role;
    private string? wrongRole;
    private TextSlice? content;

    /// <param name="reader">Stands on the list's start, and then on its end.</param>
    public string? Read(ref Utf8JsonReader reader, RowText row)
    {
        for (var number = 1; reader.Read() && reader.TokenType != JsonTokenType.EndArray; number++)
        {
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                return FormattableString.Invariant($"message {number} is no object");
            }

            if (ReadOne(ref reader, row) is { } problem)
            {
                return FormattableString.Invariant($"message {number} {problem}");
            }

            row.Add(role!.Value, content!.Value);
        }

        return null;
    }

    /// <summary>What a conversation needs to be learned from.</summary>
    public static string? Check(RowText row)
    {
        var (asks, answers) = (false, false);
        for (var i = 0; i < row.Turns.Count; i++)
        {
            var turn = row.Turns[i];
            asks |= turn.Role == RowRole.User;
            answers |= turn.Role == RowRole.Assistant;
            if (row.IsBlank(turn.Text))
            {
                return FormattableString.Invariant($"message {i + 1} is empty");
            }
        }

        return row.Turns.Count == 0 ? "it has no messages"
            : !asks ? "it has no message of the user"
            : !answers ? "it has no answer: no message of the assistant"
            : PairText.NulIn(row);
    }

    private string? ReadOne(ref Utf8JsonReader reader, RowText row)
    {
        (role, wrongRole, content) = (null, null, null);
        var (roles, contents) = (0, 0);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isRole = reader.ValueTextEquals("role"u8) || reader.ValueTextEquals("from"u8);
            var isContent = !isRole && (reader.ValueTextEquals("content"u8) || reader.ValueTextEquals("value"u8));
            reader.Read();
            if (isRole)
            {
                roles++;
                ReadRole(ref reader);
            }
            else if (isContent)
            {
                contents++;
                if (ReadContent(ref reader, row) is { } problem)
                {
                    return problem;
                }
            }
            else
            {
                reader.Skip();
            }
        }

        return roles > 1 ? "has two roles"
            : contents > 1 ? "has two contents"
            : wrongRole is not null ? $"has the role \"{wrongRole}\"; it has to be system, user or assistant"
            : role is null ? "has no role"
            : content is null ? "has no content"
            : null;
    }

    private void ReadRole(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            wrongRole = reader.TokenType.ToString();
            reader.Skip();
            return;
        }

        role = RoleOf(ref reader);
        if (role is null)
        {
            wrongRole = Quoted.Of(reader.GetString()!);
        }
    }

    private static RowRole? RoleOf(ref Utf8JsonReader reader) =>
        reader.ValueTextEquals("user"u8) || reader.ValueTextEquals("human"u8) ? RowRole.User
        : reader.ValueTextEquals("assistant"u8) || reader.ValueTextEquals("gpt"u8) ? RowRole.Assistant
        : reader.ValueTextEquals("system"u8) || reader.ValueTextEquals("developer"u8) ? RowRole.System
        : reader.ValueTextEquals("model"u8) || reader.ValueTextEquals("bot"u8) || reader.ValueTextEquals("chatgpt"u8) ? RowRole.Assistant
        : null;

    private string? ReadContent(ref Utf8JsonReader reader, RowText row)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            content = JsonTexts.Append(ref reader, row);
            return null;
        }

        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return NoText;
        }

        // Texts of the parts follow one another in the row's bytes, so together they are one.
        var start = row.Bytes.Length;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                return NoText;
            }

            if (ReadPart(ref reader, row) is not 1 and var texts)
            {
                return texts == 0 ? NoText : "has a part with two texts";
            }
        }

        content = new TextSlice(start, row.Bytes.Length - start);
        return null;
    }

    /// <returns>How many texts the part has.</returns>
    private static int ReadPart(ref Utf8JsonReader reader, RowText row)
    {
        var texts = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isText = reader.ValueTextEquals("text"u8);
            reader.Read();
            if (isText && reader.TokenType == JsonTokenType.String)
            {
                JsonTexts.Append(ref reader, row);
                texts++;
            }
            else
            {
                reader.Skip();
            }
        }

        return texts;
    }
}
