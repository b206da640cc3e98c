using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Republic.Core.Scenarios.Yaml;

/// <summary>
/// Builds the tree of a document from the events of a parser. What could make a small text large, or say one thing and mean another, is
/// refused: anchors, aliases, tags, merges, a key twice.
/// </summary>
internal sealed class YamlTree
{
    private const int MaxDepth = 20;
    private const int MaxNodes = 50_000;
    private readonly Parser events;
    private int nodes;

    private YamlTree(Parser events) => this.events = events;

    /// <exception cref="YamlException">The text is no such document.</exception>
    public static YamlNode Read(string text)
    {
        YamlCharacters.Check(text);
        using var reader = new StringReader(text);
        var scanner = new Scanner(reader, skipComments: true);
        try
        {
            return Document(new Parser(scanner), text);
        }
        // Some errors of the parser come without their position.
        catch (YamlException failed) when (failed is SyntaxErrorException or SemanticErrorException && failed.Start.Equals(Mark.Empty))
        {
            var at = scanner.CurrentPosition;
            throw new YamlException(at, at, failed.Message, failed);
        }
        // So the parser refuses some tags, anchors and escapes.
        catch (Exception failed) when (failed is ArgumentException or InvalidOperationException or EndOfStreamException)
        {
            var at = scanner.CurrentPosition;
            throw new YamlException(at, at, "What stands before this cannot be read as YAML. Write it anew.", failed);
        }
    }

    private static YamlNode Document(Parser parser, string text)
    {
        parser.Consume<StreamStart>();
        if (parser.Accept<StreamEnd>(out var nothing))
        {
            throw Refused(nothing, "The text is empty. A scenario begins with republic: scenario/1.");
        }

        var begin = parser.Consume<DocumentStart>();
        // Those that the parser knows are where the document starts, others before.
        if (text[..Math.Min(text.Length, (int)begin.Start.Index + 1)].Split('\n').Any(line => line.StartsWith('%')))
        {
            throw Refused(begin, "A line that begins with % is a directive, which scenarios do not have. Remove it.");
        }

        var root = new YamlTree(parser).Node(depth: 0);
        parser.Consume<DocumentEnd>();
        return parser.Accept<StreamEnd>(out _)
            ? root
            : throw Refused(parser.Current!, "A second document begins here. Keep one scenario to a text.");
    }

    private YamlNode Node(int depth)
    {
        if (++nodes > MaxNodes || depth > MaxDepth)
        {
            throw Refused(Next(), "The text has too many parts, or parts too deep inside each other, for a scenario.");
        }

        if (events.Accept<AnchorAlias>(out var alias))
        {
            throw Refused(alias, $"*{alias.Value} is an alias, which scenarios do not have. Write out what it stands for.");
        }

        if (Next() is not NodeEvent begin)
        {
            throw Refused(Next(), "A value is missing here.");
        }

        if (!begin.Anchor.IsEmpty)
        {
            throw Refused(begin, $"&{begin.Anchor.Value} is an anchor, which scenarios do not have. Remove it.");
        }

        if (!begin.Tag.IsEmpty)
        {
            throw Refused(begin, $"{begin.Tag.Value} is a tag, which scenarios do not have. Remove it; quotes make a value a text.");
        }

        return begin switch
        {
            MappingStart => Mapping(depth),
            SequenceStart => Sequence(depth),
            _ => Scalar(),
        };
    }

    private YamlScalar Scalar()
    {
        var scalar = events.Consume<Scalar>();
        return FieldRules.IsText(scalar.Value)
            ? new YamlScalar(scalar.Value, scalar.Style == ScalarStyle.Plain, Line(scalar), Column(scalar))
            : throw Refused(scalar, "The text holds a character that cannot be kept, such as a control character. Remove it.");
    }

    private YamlSequence Sequence(int depth)
    {
        var begin = events.Consume<SequenceStart>();
        List<YamlNode> items = [];
        while (!events.TryConsume<SequenceEnd>(out _))
        {
            items.Add(Node(depth + 1));
        }

        return new YamlSequence(items, Line(begin), Column(begin));
    }

    private YamlMapping Mapping(int depth)
    {
        var begin = events.Consume<MappingStart>();
        List<(YamlScalar Key, YamlNode Value)> entries = [];
        HashSet<string> keys = [];
        while (!events.TryConsume<MappingEnd>(out _))
        {
            var start = Next();
            if (Node(depth + 1) is not YamlScalar key)
            {
                throw Refused(start, "A list or a mapping cannot be a key. Write a name.");
            }

            if (key is { Text: "<<", IsPlain: true })
            {
                throw Refused(start, "<< merges mappings, which scenarios do not have. Write the fields out.");
            }

            if (!keys.Add(key.Text))
            {
                throw Refused(start, $"“{key.Text.AtMost(60)}” stands here a second time. Keep one of them.");
            }

            entries.Add((key, Node(depth + 1)));
        }

        return new YamlMapping(entries, Line(begin), Column(begin));
    }

    private ParsingEvent Next()
    {
        _ = events.Accept<ParsingEvent>(out var next);
        return next!;
    }

    private static YamlException Refused(ParsingEvent where, string message) => new(where.Start, where.End, message);

    private static int Line(ParsingEvent start) => (int)start.Start.Line;

    private static int Column(ParsingEvent start) => (int)start.Start.Column;
}
