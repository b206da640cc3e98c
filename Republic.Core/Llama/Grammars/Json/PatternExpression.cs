using System.Globalization;
using System.Text;

namespace Republic.Core.Llama.Grammars.Json;

/// <summary>
/// A regular expression of JavaScript as the texts of JSON that match it. What looks around or back (<c>(?=</c>, <c>\b</c>, <c>\1</c>) is
/// refused: a text cannot be written by it from its beginning to its end.
/// </summary>
internal sealed class PatternExpression
{
    private const int MostRepeats = 100_000;
    private const int MostDepth = 64;
    private static readonly CharacterSet Digit = CharacterSet.Of(('0', '9'));
    private static readonly CharacterSet Word = CharacterSet.Of(('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z'));
    private static readonly CharacterSet Blank = CharacterSet.Of(
        "\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
    );
    private static readonly CharacterSet NotNewLine = CharacterSet.Of("\n\r\u2028\u2029").Complement();
    private static readonly Expression Anything = new Expression.Repeat(JsonExpressions.Character, 0, null);
    private readonly int[] pattern;

    /// <summary>Each stands for one character.</summary>
    private readonly HashSet<Expression> characters = new(ReferenceEqualityComparer.Instance) { JsonExpressions.Character };
    private int at;
    private int depth;

    private PatternExpression(string pattern) => this.pattern = [.. pattern.EnumerateRunes().Select(rune => rune.Value)];

    /// <returns>The texts between their quotation marks, and how many characters they have at least and at most.</returns>
    /// <exception cref="GrammarException">It is no such expression, or looks around.</exception>
    public static (Expression Texts, long Least, long? Most) Of(string pattern)
    {
        var reader = new PatternExpression(pattern);
        var whole = reader.Alternatives(isOutermost: true);
        if (reader.at < reader.pattern.Length)
        {
            throw reader.Fault("has a ) too many");
        }

        var (least, most) = new PatternLength(reader.characters).Of(whole);
        return (whole, least, most);
    }

    private Expression Alternatives(bool isOutermost)
    {
        if (++depth > MostDepth)
        {
            throw Fault("stands in too many brackets");
        }

        List<Expression> options = [];
        do
        {
            options.Add(Terms(isOutermost));
        } while (Taken('|'));

        depth--;
        return Expression.OneOf(options);
    }

    private Expression Terms(bool isOutermost)
    {
        var (isBound, ends) = (Taken('^'), false);
        if (isBound && !isOutermost)
        {
            throw Fault("has ^ within brackets; put it first");
        }

        List<Expression> parts = isOutermost && !isBound ? [Anything] : [];
        while (at < pattern.Length && pattern[at] is not ('|' or ')'))
        {
            if (isOutermost && Taken('$'))
            {
                ends = true;
                break;
            }

            parts.Add(Quantified(Atom()));
        }

        if (ends && at < pattern.Length && pattern[at] != '|')
        {
            throw Fault("goes on after $");
        }

        return Expression.Of([.. parts, .. isOutermost && !ends ? [Anything] : Array.Empty<Expression>()]);
    }

    private Expression Quantified(Expression atom)
    {
        var (least, most) =
            Taken('*') ? (0, (int?)null)
            : Taken('+') ? (1, null)
            : Taken('?') ? (0, 1)
            : Counted();
        if ((least, most) == (1, 1))
        {
            return atom;
        }

        // What a lazy one matches first makes no difference to what it matches at all.
        Taken('?');
        return new Expression.Repeat(atom, least, most);
    }

    private (int Least, int? Most) Counted()
    {
        if (at >= pattern.Length || pattern[at] != '{')
        {
            return (1, 1);
        }

        at++;
        var least = Count();
        int? most = least;
        if (Taken(','))
        {
            most = at < pattern.Length && pattern[at] == '}' ? null : Count();
        }

        return Taken('}') && !(most < least) ? (least, most) : throw Fault("repeats by {…} that is not {n}, {n,} or {n,m}");
    }

    private int Count()
    {
        var count = 0;
        var start = at;
        for (; at < pattern.Length && pattern[at] is >= '0' and <= '9' && count <= MostRepeats; at++)
        {
            count = (count * 10) + pattern[at] - '0';
        }

        return at == start ? throw Fault("repeats by {…} that is not {n}, {n,} or {n,m}")
            : count > MostRepeats ? throw Fault($"repeats more than {MostRepeats} times")
            : count;
    }

    private Expression Atom()
    {
        var character = pattern[at++];
        switch (character)
        {
            case '(':
                return Group();
            case '[':
                return Character(Class());
            case '.':
                return Character(NotNewLine);
            case '\\':
                return Character(Escape(inClass: false));
            case '^' or '$':
                throw Fault($"has {(char)character} in its middle");
            case '*' or '+' or '?' or '{':
                throw Fault($"repeats nothing by {(char)character}");
            default:
                return Character(One(character));
        }
    }

    private Expression Character(CharacterSet set)
    {
        var character = JsonExpressions.CharacterOf(set);
        characters.Add(character);
        return character;
    }

    private Expression Group()
    {
        if (Taken('?'))
        {
            if (Taken('<') && at < pattern.Length && pattern[at] is not ('=' or '!'))
            {
                at = Array.IndexOf(pattern, '>', at) is > 0 and var end ? end + 1 : throw Fault("names a group without >");
            }
            else if (!Taken(':'))
            {
                throw Fault("looks ahead or back by (?…, which cannot be followed");
            }
        }

        var inner = Alternatives(isOutermost: false);
        return Taken(')') ? inner : throw Fault("has a ( too many");
    }

    private CharacterSet Class()
    {
        var isNegated = Taken('^');
        List<CharacterSet> members = [];
        while (at < pattern.Length && pattern[at] != ']')
        {
            var first = Member();
            if (at + 1 < pattern.Length && pattern[at] == '-' && pattern[at + 1] != ']')
            {
                at++;
                var last = Member();
                members.Add(
                    first is { Ranges: [var from] } && last is { Ranges: [var to] } && from.First == from.Last && from.First <= to.First
                        ? CharacterSet.Of((from.First, to.First))
                        : throw Fault("has a range in […] that is none")
                );
            }
            else
            {
                members.Add(first);
            }
        }

        var set = CharacterSet.Of(members.SelectMany(member => member.Ranges));
        return Taken(']') ? (isNegated ? set.Complement() : set) : throw Fault("has a [ too many");
    }

    private CharacterSet Member()
    {
        var character = pattern[at++];
        return character == '\\' ? Escape(inClass: true) : CharacterSet.Of((character, character));
    }

    private CharacterSet Escape(bool inClass)
    {
        var character = at < pattern.Length ? pattern[at++] : throw Fault("ends with \\");
        return character switch
        {
            'd' => Digit,
            'D' => Digit.Complement(),
            'w' => Word,
            'W' => Word.Complement(),
            's' => Blank,
            'S' => Blank.Complement(),
            't' => One('\t'),
            'n' => One('\n'),
            'r' => One('\r'),
            'v' => One('\v'),
            'f' => One('\f'),
            'b' when inClass => One('\b'),
            '0' => One(0),
            'x' => One(Hexadecimal(2)),
            'u' => One(Taken('{') ? Braced() : Hexadecimal(4)),
            >= '1' and <= '9' or 'b' or 'B' or 'k' or 'p' or 'P' or 'c' => throw Fault(
                $"has \\{(char)character}, which cannot be followed"
            ),
            _ => One(character),
        };
    }

    private int Braced()
    {
        var end = Array.IndexOf(pattern, '}', at);
        return end > at && end - at <= 6 && Hexadecimal(end - at) is var number && Taken('}')
            ? number
            : throw Fault("has \\u{…} that is none");
    }

    private int Hexadecimal(int length)
    {
        var digits = new StringBuilder();
        for (; length > 0 && at < pattern.Length && pattern[at] < 128; length--)
        {
            digits.Append((char)pattern[at++]);
        }

        return length == 0 && int.TryParse(digits.ToString(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Fault("has a \\x or \\u without its digits");
    }

    private static CharacterSet One(int character) => CharacterSet.Of((character, character));

    private bool Taken(char wanted)
    {
        var isThere = at < pattern.Length && pattern[at] == wanted;
        at += isThere ? 1 : 0;
        return isThere;
    }

    private GrammarException Fault(string what) =>
        new($"The pattern “{string.Concat(pattern.Take(80).Select(char.ConvertFromUtf32))}” {what}.");
}
