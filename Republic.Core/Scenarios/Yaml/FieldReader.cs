namespace Republic.Core.Scenarios.Yaml;

/// <summary>Reads the fields of one mapping. What a field cannot be is a problem, and reads as null.</summary>
/// <param name="path">Of the element that the mapping describes; empty for the scenario.</param>
internal sealed class FieldReader(YamlMapping mapping, string path, ReadProblems problems)
{
    private readonly List<string> known = [];

    /// <summary>The element as messages begin with it.</summary>
    private string Element => path.Length == 0 ? "The scenario" : path;

    public ReadProblems Problems => problems;

    public static FieldReader? Of(YamlNode node, string path, ReadProblems problems)
    {
        if (node is YamlMapping mapping)
        {
            return new FieldReader(mapping, path, problems);
        }

        problems.Add(node, path, $"{(path.Length == 0 ? "A scenario" : path)} has fields, such as name: value. Write one to a line.");
        return null;
    }

    public string PathOf(string key) => path.Length == 0 ? key : $"{path}.{key}";

    /// <summary>The value of a field; null where there is none.</summary>
    public YamlNode? Find(string key)
    {
        if (!known.Contains(key))
        {
            known.Add(key);
        }

        if (mapping.Find(key) is not { } entry)
        {
            return null;
        }

        problems.Mark(PathOf(key), entry.Value is YamlScalar ? entry.Value : entry.Key);
        return entry.Value;
    }

    /// <param name="advice">What to write, e.g. "Say where it leads."</param>
    public YamlNode? Required(string key, string advice)
    {
        var value = Find(key);
        if (value is null)
        {
            problems.Add(mapping, path, $"{Element} has no {key}. {advice}");
        }

        return value;
    }

    public string? Text(string key, int longest, int shortest = 0) =>
        Find(key) is { } value ? Text(value, PathOf(key), longest, shortest) : null;

    public string? Text(YamlNode value, string at, int longest, int shortest)
    {
        if (value is not YamlScalar { IsText: true } scalar)
        {
            Add(value, at, value is YamlScalar ? $"{at} is a text. Put it in quotes." : $"{at} is a text.");
            return null;
        }

        // As JSON Schema counts, and the database: characters, not halves of them.
        var length = scalar.Text.EnumerateRunes().Count();
        if (length < shortest || length > longest)
        {
            Add(
                value,
                at,
                length < shortest
                    ? $"{at} is empty. Write a text."
                    : $"{at} has {length:N0} characters; at most {longest:N0} are kept. Shorten it."
            );
            return null;
        }

        return scalar.Text;
    }

    public string? Name(string key) => Find(key) is { } value ? Name(value, PathOf(key)) : null;

    public string? Name(YamlNode value, string at)
    {
        if (value is YamlScalar { IsText: true } scalar && ScenarioRules.IsName(scalar.Text))
        {
            return scalar.Text;
        }

        Add(
            value,
            at,
            value is YamlScalar other && ScenarioRules.IsName(other.Text)
                ? $"{at} is a name. Put {other.Text} in quotes, or it means something else in YAML."
                : $"{at} is a name: a small letter, then at most 39 more, digits and underscores."
        );
        return null;
    }

    public IReadOnlyList<string>? Names(YamlNode value, string at, int most = ScenarioRules.MostRoles)
    {
        if (Items(value, at, most, "names of roles") is not { } items)
        {
            return null;
        }

        List<string> names = [];
        for (var i = 0; i < items.Count; i++)
        {
            if (Name(items[i], Marked($"{at}[{i}]", items[i])) is { } name)
            {
                if (names.Contains(name))
                {
                    Add(items[i], $"{at}[{i}]", $"{at} names {name} twice. Remove one.");
                }

                names.Add(name);
            }
        }

        return names;
    }

    /// <param name="what">What the list is of.</param>
    public IReadOnlyList<YamlNode>? Items(YamlNode value, string at, int most, string what)
    {
        if (value is not YamlSequence { Items: { Count: > 0 } items })
        {
            Add(value, at, $"{at} is a list of {what} with one at least.");
            return null;
        }

        if (items.Count > most)
        {
            Add(value, at, $"{at} has {items.Count:N0} entries; at most {most:N0} are allowed. Take some out.");
            return null;
        }

        return items;
    }

    public bool? Flag(string key)
    {
        var value = Find(key);
        if (value is not null && value is not YamlScalar { Flag: not null })
        {
            Add(value, PathOf(key), $"{PathOf(key)} is true or false.");
        }

        return (value as YamlScalar)?.Flag;
    }

    public decimal? Number(string key, decimal least, decimal most, bool isWhole = true)
    {
        if (Find(key) is not { } value)
        {
            return null;
        }

        if (
            value is YamlScalar { Number: { } number }
            && (!isWhole || number == decimal.Truncate(number))
            && number >= least
            && number <= most
        )
        {
            return number;
        }

        Add(value, PathOf(key), $"{PathOf(key)} is {(isWhole ? "a whole number" : "a number")} from {least:0.##} to {most:N0}.");
        return null;
    }

    /// <summary>A number above 0 that need not be whole.</summary>
    public double? Positive(string key, double most)
    {
        if (Find(key) is not { } value)
        {
            return null;
        }

        if (value is YamlScalar { Real: { } number } && number > 0 && number <= most)
        {
            return number;
        }

        Add(value, PathOf(key), $"{PathOf(key)} is a number above 0 and at most {most:N0}.");
        return null;
    }

    /// <summary>One of some words, which are the names of the members of an enum.</summary>
    public T? Word<T>(string key)
        where T : struct, Enum
    {
        if (Find(key) is not { } value)
        {
            return null;
        }

        foreach (var member in Enum.GetValues<T>())
        {
            if (value is YamlScalar { IsText: true } scalar && scalar.Text == Words.Of(member))
            {
                return member;
            }
        }

        Add(value, PathOf(key), $"{PathOf(key)} is one of {string.Join(", ", Enum.GetValues<T>().Select(Words.Of))}.");
        return null;
    }

    public string Marked(string at, YamlNode node)
    {
        problems.Mark(at, node);
        return at;
    }

    public void Add(YamlNode at, string where, string message) => problems.Add(at, where, message);

    /// <summary>To be called when all fields were asked for: those that were not are none.</summary>
    public void RefuseOthers()
    {
        foreach (var (key, _) in mapping.Entries)
        {
            if (known.Contains(key.Text))
            {
                continue;
            }

            var meant = known.Find(name => Spelling.IsNear(name, key.Text));
            problems.Add(
                key,
                path,
                $"{Element} has no field “{key.Text.AtMost(60)}”. "
                    + (meant is null ? $"It can have {string.Join(", ", known)}." : $"Did you mean {meant}?")
            );
        }
    }
}
