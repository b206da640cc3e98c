using System.Text;
using System.Text.Json;

namespace Republic.Bench;

/// <summary>
/// Writes a source of made-up conversations in which the duplicates and the bad lines are known. Beside it stands the truth: a line for
/// each planted one, with its line number, its kind, the line that it repeats and the exact Jaccard similarity of the two.
/// </summary>
internal sealed class PlantedSource(int rows, ulong seed)
{
    private const double ExactShare = 0.05;
    private const double NearShare = 0.05;
    private const double MalformedShare = 0.01;
    private readonly string[] vocabulary = Words(seed);
    private readonly List<(int Line, string[] Words)> recent = [];
    private ulong state = seed;

    public void Write(string path)
    {
        using var source = new StreamWriter(path, append: false, new UTF8Encoding(false), 1 << 20);
        using var truth = new StreamWriter(path + ".truth", append: false, new UTF8Encoding(false), 1 << 16);
        source.NewLine = truth.NewLine = "\n";
        for (var line = 1; line <= rows; line++)
        {
            var dice = NextDouble();
            if (dice < MalformedShare)
            {
                truth.WriteLine($"{line} malformed 0 0");
                source.WriteLine(Bad());
            }
            else if (dice < MalformedShare + ExactShare && recent.Count > 0)
            {
                var (of, words) = recent[Next(recent.Count)];
                truth.WriteLine($"{line} exact {of} 1");
                source.WriteLine(Json(words));
            }
            else if (dice < MalformedShare + ExactShare + NearShare && recent.Count > 0)
            {
                var (of, words) = recent[Next(recent.Count)];
                var changed = Change(words);
                truth.WriteLine(FormattableString.Invariant($"{line} near {of} {Jaccard(words, changed):0.0000}"));
                source.WriteLine(Json(changed));
            }
            else
            {
                var words = NewRow();
                source.WriteLine(Json(words));
                Remember(line, words);
            }
        }
    }

    /// <summary>Words as common as in a language: the n-th a share of 1/n.</summary>
    private static string[] Words(ulong seed)
    {
        var words = new Letters(seed);
        return [.. Enumerable.Range(0, 20_000).Select(_ => words.Word())];
    }

    private void Remember(int line, string[] words)
    {
        if (recent.Count < 20_000)
        {
            recent.Add((line, words));
        }
        else
        {
            recent[Next(recent.Count)] = (line, words);
        }
    }

    private string[] NewRow()
    {
        var count = 40 + Next(100);
        var words = new string[count];
        for (var i = 0; i < count; i++)
        {
            words[i] = Next(40) == 0 ? Next(100_000).ToString(System.Globalization.CultureInfo.InvariantCulture) : vocabulary[Rank()];
        }

        return words;
    }

    /// <summary>One to six words replaced, added or taken away.</summary>
    private string[] Change(string[] words)
    {
        var changed = words.ToList();
        for (var edits = 1 + Next(6); edits > 0; edits--)
        {
            var at = Next(changed.Count);
            switch (Next(3))
            {
                case 0:
                    changed[at] = vocabulary[Rank()];
                    break;
                case 1:
                    changed.Insert(at, vocabulary[Rank()]);
                    break;
                default:
                    changed.RemoveAt(at);
                    break;
            }
        }

        return [.. changed];
    }

    private static string Json(string[] words)
    {
        var half = words.Length / 3;
        return JsonSerializer.Serialize(
            new
            {
                messages = new object[]
                {
                    new { role = "user", content = string.Join(' ', words.Take(half)) + "?" },
                    new { role = "assistant", content = string.Join(' ', words.Skip(half)) + "." },
                },
            }
        );
    }

    private string Bad() =>
        Next(5) switch
        {
            0 => Json(NewRow())[..^3],
            1 => "{\"messages\":[{\"role\":\"wizard\",\"content\":\"" + vocabulary[Rank()] + "\"}]}",
            2 => "{\"prompt\":\"" + vocabulary[Rank()] + "\"}",
            3 => "{\"prompt\":\"\\ud800\",\"completion\":\"b\"}",
            _ => "{\"messages\":[{\"role\":\"user\",\"content\":\"a\"},{\"role\":\"assistant\",\"content\":\"\"}]}",
        };

    private static double Jaccard(string[] a, string[] b)
    {
        var (first, second) = (Shingles(a), Shingles(b));
        var common = first.Count(second.Contains);
        return (double)common / (first.Count + second.Count - common);
    }

    private static HashSet<string> Shingles(string[] words) =>
        [.. Enumerable.Range(0, Math.Max(0, words.Length - 2)).Select(i => string.Join(' ', words[i], words[i + 1], words[i + 2]))];

    private int Rank() => (int)(Math.Pow(vocabulary.Length, NextDouble()) - 1);

    private int Next(int below) => (int)(NextDouble() * below);

    private double NextDouble()
    {
        state += 0x9E3779B97F4A7C15;
        var z = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return ((z ^ (z >> 31)) >> 11) * (1.0 / (1L << 53));
    }

    private sealed class Letters(ulong seed)
    {
        private ulong state = seed;

        public string Word()
        {
            var length = 2 + (Next() % 9);
            var text = new char[length];
            for (var i = 0; i < text.Length; i++)
            {
                text[i] = i % 2 == 0 ? "bcdfghklmnprstvwz"[Next() % 17] : "aeiou"[Next() % 5];
            }

            return new string(text);
        }

        private int Next()
        {
            state = (state * 6364136223846793005) + 1442695040888963407;
            return (int)(state >> 40);
        }
    }
}
