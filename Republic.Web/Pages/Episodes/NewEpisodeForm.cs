using Republic.Core;
using Republic.Core.Episodes.Casting;
using Republic.Core.Scenarios.Definitions;

namespace Republic.Web.Pages.Episodes;

/// <summary>A new episode as it is typed: who plays, what is so in it, and how far it may go.</summary>
public sealed class NewEpisodeForm
{
    public List<CastForm> Cast { get; set; } = [];

    public List<FactField> Facts { get; set; } = [];

    public LimitsForm Limits { get; set; } = new();

    /// <summary>Made with the page, so that sending it twice makes one episode.</summary>
    public Guid? Request { get; set; }

    /// <summary>A line for each role and a field for each fact of a scenario, with what was typed in them.</summary>
    public void Complete(ScenarioDefinition definition, IReadOnlyList<CastChoice> choices)
    {
        Cast = CastForm.Of(definition, choices, CastForm.ByRole(Cast).GetValueOrDefault);
        Facts = FactField.Of(definition, Facts);
    }

    /// <summary>A failure whose messages stand at the lines of their roles, and the fields of their facts.</summary>
    public Failure ToFormErrors(Failure failure)
    {
        var placed = CastForm.ToFormErrors(failure, Cast);
        return placed with
        {
            Fields =
            [
                .. placed.Fields.Select(error =>
                    Facts.FindIndex(field => error.Field == $"facts.{field.Name}") is >= 0 and var index
                        ? error with
                        {
                            Field = $"facts[{index}].value",
                        }
                        : error
                ),
            ],
        };
    }

    public EpisodeInput ToInput(Guid scenario, ScenarioDefinition definition, List<FieldError> unreadable)
    {
        var limits = Limits.ToLimits(unreadable);
        var facts = FactField.ToFacts(definition, Facts, unreadable);
        unreadable.AddRange(CastForm.Missing(Cast));
        return new EpisodeInput(
            scenario,
            Version: null,
            CastForm.ToCast(Cast),
            new EpisodeInput.Configuration(limits, Seed: null, facts, CastForm.ToDescriptions(Cast.Where(line => line.Citizen is not null)))
        );
    }
}
