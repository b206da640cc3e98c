using System.Globalization;
using System.Text.Json;
using Republic.Core.Scenarios.Definitions;

namespace Republic.Core.Scenarios.Yaml;

/// <summary>Writes the canonical text of a scenario. What says nothing is left out.</summary>
internal sealed class ScenarioWriter
{
    private readonly YamlLines lines = new();

    private ScenarioWriter() { }

    public static string Write(ScenarioDefinition scenario)
    {
        var writer = new ScenarioWriter();
        writer.Scenario(scenario);
        return writer.lines.ToString();
    }

    private void Scenario(ScenarioDefinition scenario)
    {
        lines.Field("republic", "scenario/1");
        lines.Text("name", scenario.Name);
        lines.Text("description", scenario.Description);
        lines.Text("learner", scenario.Learner);
        Elements("roles", scenario.Roles, role => role.Name, Role);
        Elements("facts", scenario.Facts, fact => fact.Name, Fact);
        if (scenario.Limits != new ScenarioLimits())
        {
            lines.Fields("limits", () => Limits(scenario.Limits));
        }

        lines.Fields("states", () => scenario.States.ToList().ForEach(state => lines.Fields(Plain(state.Name), () => State(state))));
    }

    private void Elements<T>(string key, IReadOnlyList<T> elements, Func<T, string> name, Action<T> write)
    {
        if (elements.Count > 0)
        {
            lines.Fields(key, () => elements.ToList().ForEach(element => lines.Fields(Plain(name(element)), () => write(element))));
        }
    }

    private void Role(RoleDefinition role)
    {
        lines.Text("description", role.Description);
        lines.Text("model", role.Model);
        Flag("pin", role.IsPinned);
        if (role.Kind != RoleKind.Any)
        {
            lines.Field("kind", Words.Of(role.Kind));
        }

        Flag("director", role.IsDirector);
    }

    private void Fact(FactDefinition fact)
    {
        if (fact.Value.ValueKind == JsonValueKind.Array)
        {
            var items = fact.Value.EnumerateArray().ToList();
            if (items.Count == 0)
            {
                lines.Field("value", "[]");
            }

            lines.List("value", items, item => lines.Item(Scalar(item, lines.ItemLevel)));
        }
        else
        {
            lines.Field("value", Scalar(fact.Value, lines.TextLevel));
        }

        Audience("known_to", fact.KnownTo);
    }

    private void Limits(ScenarioLimits limits)
    {
        Number("turns", limits.Turns);
        Number("minutes", limits.Minutes);
        Number("cost", limits.Cost);
        Number("tokens", limits.Tokens);
    }

    private void State(StateDefinition state)
    {
        lines.Field("type", Words.Of(state.Type));
        lines.Text("description", state.Description);
        lines.List("roles", state.Roles, Name);
        lines.List("prompts", state.Prompts, prompt => lines.Item(YamlText.Of(prompt, lines.ItemLevel)));
        if (state.Turn is { } turn)
        {
            lines.Field("turn", Words.Of(turn));
        }

        Number("rounds", state.Rounds);
        if (state.TimeoutHours is { } hours)
        {
            lines.Field("timeout_hours", hours.ToString("R", CultureInfo.InvariantCulture));
        }

        // Those that are present are meant where nothing is said, and one scenario has one text.
        Audience("audience", state.Audience is { Kind: AudienceKind.Present } ? null : state.Audience);
        lines.Text("capability", state.Capability);
        lines.List("next", state.Next, Transition);
        if (state.Result is { } result)
        {
            lines.Field("result", Words.Of(result));
        }
    }

    private void Transition(TransitionDefinition transition)
    {
        lines.Text("to", transition.To);
        lines.Text("note", transition.Note);
        Number("max_visits", transition.MaxVisits);
        if (transition.Kind == TransitionKind.Else)
        {
            Flag("else", true);
        }
        else if (transition.Kind != TransitionKind.Always)
        {
            lines.Text(Words.Of(transition.Kind), transition.Condition ?? "");
        }
    }

    private void Audience(string key, Audience? audience)
    {
        if (audience is { Kind: not AudienceKind.Listed })
        {
            lines.Field(key, Words.Of(audience.Kind));
        }
        else
        {
            lines.List(key, audience?.Roles ?? [], Name);
        }
    }

    private void Name(string name) => lines.Item(Plain(name));

    // In quotes where it would be no text, such as null.
    private static string Plain(string name) => YamlText.Of(name, level: 0);

    private void Flag(string key, bool isSet)
    {
        if (isSet)
        {
            lines.Field(key, "true");
        }
    }

    private void Number(string key, decimal? number)
    {
        if (number is { } known)
        {
            lines.Field(key, Decimals.Text(known));
        }
    }

    private static string Scalar(JsonElement value, int level) =>
        value.ValueKind switch
        {
            JsonValueKind.String => YamlText.Of(value.GetString()!, level),
            JsonValueKind.Number => value.TryGetDecimal(out var number)
                ? Decimals.Text(number)
                : value.GetDouble().ToString("R", CultureInfo.InvariantCulture),
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            _ => "null",
        };
}
