using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.Extensions.AI;
using Republic.Core.Providers.Upstream;

namespace Republic.Core.Providers.Protocols.OpenAi;

/// <summary>
/// An outside client's request, read just far enough to know its fields; their values stay the bytes they came as. What is sent on is
/// written from a list of fields that may pass, so that nothing a client adds can steer where a call goes.
/// </summary>
public sealed class OpenAiRelayRequest
{
    private static readonly JsonWriterOptions Writing = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    private const string Several = "n";

    private readonly Dictionary<string, ReadOnlyMemory<byte>> fields;

    private OpenAiRelayRequest(Dictionary<string, ReadOnlyMemory<byte>> fields, string? model, bool stream) =>
        (this.fields, Model, Stream) = (fields, model, stream);

    public string? Model { get; }

    public bool Stream { get; }

    /// <summary>Usage of a stream in a frame of its own, or none at all; null where the client does not say.</summary>
    public bool? WantsUsage { get; private init; }

    /// <summary>What not every provider takes.</summary>
    public RequestNeeds Needs { get; private init; }

    /// <summary>Vectors are wanted in base64.</summary>
    public bool WantsPacked => OpenAiVectorFields.IsPacked(fields);

    /// <summary>The number of answers asked for at once.</summary>
    public int Answers { get; private init; } = 1;

    public static Outcome<OpenAiRelayRequest> Parse(ReadOnlyMemory<byte> body)
    {
        if (!Utf8.IsValid(body.Span))
        {
            return Failure.Invalid("", "The request body is not UTF-8.");
        }

        if (JsonEscapes.HasHalfACharacter(body.Span))
        {
            return Failure.Invalid("", "The request body holds half a character: a \\ud800–\\udfff escape without its other half.");
        }

        var given = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        try
        {
            var reader = new Utf8JsonReader(body.Span);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return Failure.Invalid("", "The request body must be a JSON object.");
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var name = reader.GetString()!;
                reader.Read();
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                var value = body[start..(int)reader.BytesConsumed];
                if (value.Span.SequenceEqual("null"u8))
                {
                    given.Remove(name);
                }
                else
                {
                    given[name] = value;
                }
            }

            // Whatever follows the object is no JSON either.
            while (reader.Read()) { }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return Failure.Invalid("", "The request body is not valid JSON, or is nested more than 64 deep.");
        }

        return Checked(given);
    }

    /// <summary>What person and model said; none where the messages are not what they must be.</summary>
    public IReadOnlyList<ChatMessage> Turns() => fields.TryGetValue("messages", out var messages) ? OpenAiMessages.Turns(messages) : [];

    /// <summary>The request as the provider gets it; the client's own values win over the minion's.</summary>
    /// <param name="also">A field that passes whatever the provider's row lists.</param>
    public Outcome<byte[]> Chat(OpenAiRelayRules rules, string? also = null)
    {
        if (ChatFault(rules) is { } fault)
        {
            return fault;
        }

        var messages = fields["messages"];
        var spoken = rules.SystemPrompt is null ? messages : OpenAiMessages.WithSystemPrompt(messages, rules.SystemPrompt);
        var buffer = new ArrayBufferWriter<byte>(messages.Length + 1024);
        using var json = new Utf8JsonWriter(buffer, Writing);
        json.WriteStartObject();
        json.WriteString("model"u8, rules.ModelId);
        OpenAiRequest.WriteInstalled(json, rules.Installed);
        Raw(json, "messages", rules.Material is { } material ? OpenAiMessages.WithBeforeQuestion(spoken, material) : spoken);
        Given(json, "temperature", rules.Temperature);
        Given(json, "top_p", rules.TopP);
        if (fields.TryGetValue("max_completion_tokens", out var limit) || fields.TryGetValue("max_tokens", out limit))
        {
            Raw(json, rules.Provider.MaxTokensField, limit);
        }
        else if (rules.MaxTokens is { } maxTokens)
        {
            json.WriteNumber(rules.Provider.MaxTokensField, maxTokens);
        }

        Passed(json, "stop");
        Passed(json, "seed");
        if (Answers > 1)
        {
            json.WriteNumber(Several, Answers);
        }

        PassThrough(json, rules.Provider);
        if (also is not null)
        {
            Passed(json, also);
        }

        OpenAiRequest.WriteForModelHost(json, rules);
        if (Stream)
        {
            json.WriteBoolean("stream"u8, true);
            json.WriteStartObject("stream_options"u8);
            json.WriteBoolean("include_usage"u8, true);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Why nobody, or not this provider, would take it; null: it may be sent.</summary>
    private Failure? ChatFault(OpenAiRelayRules rules)
    {
        if (!fields.TryGetValue("messages", out var messages) || messages.Span[0] != '[')
        {
            return Failure.Invalid("messages", "messages is missing. It must be a list with at least one message.");
        }

        if (OpenAiMessages.Fault(messages) is { } fault)
        {
            return Failure.Invalid("messages", fault);
        }

        if (Answers > 1 && !rules.Provider.GivesSeveral)
        {
            return Failure.Invalid(Several, $"{rules.Provider.DisplayName} gives one answer to a request. Leave out n, or ask again.");
        }

        return rules.Provider.Lacks(Needs) is { } field
            ? Failure.Invalid(field, ProviderErrors.WordsOfNotTaken(rules.Provider, field))
            : null;
    }

    /// <summary>The number of messages that the client sent.</summary>
    public int CountMessages() => OpenAiMessages.Count(fields["messages"]);

    /// <summary>How many messages stand before the client's own in a body that was made of this one.</summary>
    public int AddedBefore(ReadOnlyMemory<byte> sent)
    {
        using var made = JsonDocument.Parse(sent);
        return made.RootElement.TryGetProperty("messages"u8, out var all) && fields.ContainsKey("messages")
            ? all.GetArrayLength() - CountMessages()
            : 0;
    }

    public Outcome<byte[]> Likelihoods(OpenAiRelayRules rules) =>
        OpenAiLikelihoodFields.Fault(fields, rules.Provider) is { } fault ? fault : Chat(rules, also: OpenAiLikelihoodFields.Field);

    public Outcome<byte[]> Embeddings(OpenAiRelayRules rules)
    {
        if (OpenAiVectorFields.Fault(fields, rules.Provider) is { } fault)
        {
            return fault;
        }

        var buffer = new ArrayBufferWriter<byte>(1024);
        using var json = new Utf8JsonWriter(buffer, Writing);
        json.WriteStartObject();
        json.WriteString("model"u8, rules.ModelId);
        OpenAiRequest.WriteInstalled(json, rules.Installed);
        Passed(json, "input");
        PassThrough(json, rules.Provider);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static Outcome<OpenAiRelayRequest> Checked(Dictionary<string, ReadOnlyMemory<byte>> given)
    {
        var stream = given.TryGetValue("stream", out var wanted) && wanted.Span.SequenceEqual("true"u8);
        if (!stream && wanted.Length > 0 && !wanted.Span.SequenceEqual("false"u8))
        {
            return Failure.Invalid("stream", "stream must be true or false.");
        }

        // One is what everybody gives anyway, also those who do not know the field.
        if (given.Remove(Several, out var n) && n.Span is not [>= (byte)'1' and <= (byte)'8'])
        {
            return Failure.Invalid(Several, "n must be a whole number from 1 to 8.");
        }

        bool? wantsUsage = null;
        if (given.TryGetValue("stream_options", out var options))
        {
            if (!stream)
            {
                return Failure.Invalid("stream_options", "stream_options is only for streams. Send stream: true with it, or leave it out.");
            }

            if (!OpenAiFields.TryReadWish(options, out wantsUsage))
            {
                return Failure.Invalid("stream_options", "stream_options must be an object, and include_usage in it true or false.");
            }
        }

        if (OpenAiFields.Read(given, out var needs) is { } fault)
        {
            return fault;
        }

        string? model = null;
        if (given.TryGetValue("model", out var named))
        {
            var reader = new Utf8JsonReader(named.Span);
            reader.Read();
            if (reader.TokenType != JsonTokenType.String)
            {
                return Failure.Invalid("model", "model must be a text.");
            }

            model = OpenAiAnswer.Text(ref reader);
        }

        return new OpenAiRelayRequest(given, model, stream)
        {
            WantsUsage = wantsUsage,
            Answers = n.IsEmpty ? 1 : n.Span[0] - '0',
            Needs = needs,
        };
    }

    private static void Raw(Utf8JsonWriter json, string name, ReadOnlyMemory<byte> value)
    {
        json.WritePropertyName(name);
        json.WriteRawValue(value.Span, skipInputValidation: true);
    }

    private void Passed(Utf8JsonWriter json, string name)
    {
        if (fields.TryGetValue(name, out var value))
        {
            Raw(json, name, value);
        }
    }

    private void Given(Utf8JsonWriter json, string name, double? otherwise)
    {
        if (fields.TryGetValue(name, out var value))
        {
            Raw(json, name, value);
        }
        else if (otherwise is { } number)
        {
            json.WriteNumber(name, number);
        }
    }

    private void PassThrough(Utf8JsonWriter json, ProviderRow provider)
    {
        foreach (var (name, value) in fields)
        {
            if (provider.PassThrough.Contains(name))
            {
                Raw(json, name, value);
            }
        }
    }
}
