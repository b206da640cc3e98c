using System.Text;
using System.Text.Json;

namespace Republic.Core.Providers.Caching;

/// <summary>
/// A JSON object that comes in pieces: texts grow, objects and lists are joined, elements of a list find each other by their
/// <c>index</c>, and of everything else the last word counts.
/// </summary>
internal sealed class MergedJson
{
    private const string Calls = "tool_calls";
    private const string Index = "index";

    // Said once, or again with each piece, but never in parts.
    private static readonly HashSet<string> Labels = ["id", "type", "role", "object", "format", "finish_reason"];

    private readonly Dictionary<string, object> members = new(StringComparer.Ordinal);

    /// <summary>About how many bytes it takes.</summary>
    public int Length { get; private set; }

    public bool Has(string name) => members.ContainsKey(name);

    /// <exception cref="InvalidOperationException">It does not go together with what came before.</exception>
    public void Add(JsonProperty piece)
    {
        if (piece.Value.ValueKind != JsonValueKind.Null)
        {
            var known = members.GetValueOrDefault(piece.Name);
            Length += known is null ? piece.Name.Length + 4 : 0;
            members[piece.Name] = Joined(known, piece.Value, piece.Name);
        }
    }

    /// <param name="except">A member that is written by other hands.</param>
    public void WriteMembers(Utf8JsonWriter json, string except)
    {
        foreach (var (name, value) in members.Where(member => member.Key != except))
        {
            json.WritePropertyName(name);
            Write(json, value, name);
        }
    }

    private object Joined(object? known, JsonElement piece, string name) =>
        (piece.ValueKind, known) switch
        {
            (JsonValueKind.String, null or StringBuilder) => Text(known as StringBuilder, piece.GetString()!, Labels.Contains(name)),
            (JsonValueKind.Object, null or MergedJson) => Grown(known as MergedJson ?? new MergedJson(), piece),
            (JsonValueKind.Array, null or List<object>) => List(known as List<object> ?? [], piece, name),
            (JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False, null or JsonElement) => Word(piece, isNew: known is null),
            _ => throw new InvalidOperationException($"{name} was something else before."),
        };

    private StringBuilder Text(StringBuilder? known, string text, bool isLabel)
    {
        if (known is not null && isLabel)
        {
            return text.Length == 0 ? known : known.Clear().Append(text);
        }

        Length += Encoding.UTF8.GetByteCount(text);
        return (known ?? new StringBuilder()).Append(text);
    }

    private List<object> List(List<object> list, JsonElement piece, string name)
    {
        foreach (var element in piece.EnumerateArray())
        {
            if (element.ValueKind != JsonValueKind.Object)
            {
                list.Add(Joined(null, element, name));
                continue;
            }

            if (name == Calls && !element.TryGetProperty(Index, out _))
            {
                throw new InvalidOperationException("Which call goes on is not said.");
            }

            var known = list.OfType<MergedJson>().LastOrDefault(other => other.Takes(element));
            if (known is null)
            {
                list.Add(known = new MergedJson());
            }

            Grown(known, element);
        }

        return list;
    }

    private MergedJson Grown(MergedJson inner, JsonElement piece)
    {
        var before = inner.Length;
        foreach (var member in piece.EnumerateObject())
        {
            inner.Add(member);
        }

        Length += inner.Length - before;
        return inner;
    }

    private object Word(JsonElement piece, bool isNew)
    {
        Length += isNew ? piece.GetRawText().Length : 0;
        return piece.Clone();
    }

    // Some servers give every call of a tool the same index; the id tells them apart.
    private bool Takes(JsonElement piece) =>
        piece.TryGetProperty(Index, out var index)
        && members.TryGetValue(Index, out var own)
        && own is JsonElement known
        && known.GetRawText() == index.GetRawText()
        && (
            !piece.TryGetProperty("id", out var id)
            || id.ValueKind != JsonValueKind.String
            || id.GetString() is "" or null
            || !members.TryGetValue("id", out var named)
            || named.ToString() == id.GetString()
        );

    private static void Write(Utf8JsonWriter json, object value, string name)
    {
        switch (value)
        {
            case StringBuilder text:
                json.WriteStringValue(text.ToString());
                break;
            case MergedJson inner:
                json.WriteStartObject();
                // A call that came whole does not tell its place.
                inner.WriteMembers(json, except: name == Calls ? Index : "");
                json.WriteEndObject();
                break;
            case List<object> list:
                json.WriteStartArray();
                list.ForEach(element => Write(json, element, name));
                json.WriteEndArray();
                break;
            default:
                ((JsonElement)value).WriteTo(json);
                break;
        }
    }
}
