namespace Republic.Core.Tools.Commands;

/// <summary>Checks a tool command as a superuser enters it.</summary>
internal static class ToolCommandRules
{
    public const int MaxArguments = 50;
    public const int MaxVariables = 50;
    public const int MaxValue = 4000;
    private const int MaxVariableName = 100;

    /// <param name="others">The names on the list.</param>
    public static Failure? Problem(ToolCommandInput input, IReadOnlyCollection<string> others)
    {
        var rules = new FieldRules([]);
        Name(rules, input.Name?.Trim() ?? "", others);
        rules.Text("description", "The description", input.Description, ToolCommand.MaxDescription);
        Command(rules, input.Command?.Trim() ?? "");
        Arguments(rules, input.Arguments ?? []);
        if (input.Environment is { } environment)
        {
            Environment(rules, environment);
        }

        return rules.Errors.Count == 0 ? null : Failure.Invalid(rules.Errors);
    }

    private static void Name(FieldRules rules, string name, IReadOnlyCollection<string> others)
    {
        if (name.Length is 0 or > ToolCommand.MaxName || !name.All(sign => char.IsLetterOrDigit(sign) || sign is ' ' or '_' or '-'))
        {
            rules.Add("name", $"A name has 1 to {ToolCommand.MaxName} letters, digits, spaces, _ and -, e.g. “time zones”.");
        }
        else if (others.Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            rules.Add("name", $"There is a command called {name}. Choose another name.");
        }
    }

    private static void Command(FieldRules rules, string command)
    {
        if (command.Length is 0 or > ToolCommand.MaxCommand || command.StartsWith('-') || !FieldRules.IsLine(command))
        {
            rules.Add("command", "Enter the program alone, e.g. /usr/local/bin/time-server. Its arguments have a field of their own.");
        }
    }

    private static void Arguments(FieldRules rules, IReadOnlyList<string?> arguments)
    {
        if (arguments.Count > MaxArguments)
        {
            rules.Add("arguments", $"A command has at most {MaxArguments} arguments. Take some out.");
        }
        else if (arguments.Any(argument => !IsValue(argument)))
        {
            rules.Add("arguments", "An argument is one line of at most 4,000 characters.");
        }
    }

    private static void Environment(FieldRules rules, IReadOnlyDictionary<string, string?> environment)
    {
        if (environment.Count > MaxVariables)
        {
            rules.Add("environment", $"A command is given at most {MaxVariables} variables. Take some out.");
        }
        else if (environment.Keys.FirstOrDefault(name => !IsVariable(name)) is { } odd)
        {
            rules.Add(
                "environment",
                $"“{odd.AtMost(MaxVariableName)}” is no name of a variable. It has letters, digits and _, such as API_KEY."
            );
        }
        else if (environment.ContainsKey("HOME"))
        {
            rules.Add("environment", "HOME is set by Republic itself: a folder of its own for each run. Take it out.");
        }
        else if (environment.FirstOrDefault(variable => !IsValue(variable.Value)) is { Key: { } wrong })
        {
            rules.Add("environment", $"{wrong} has no value that can be given: one line of at most 4,000 characters.");
        }
    }

    private static bool IsVariable(string name) =>
        name.Length is > 0 and <= MaxVariableName
        && !char.IsAsciiDigit(name[0])
        && name.All(sign => char.IsAsciiLetterOrDigit(sign) || sign == '_');

    private static bool IsValue(string? value) => value is { Length: <= MaxValue } && FieldRules.IsLine(value);
}
