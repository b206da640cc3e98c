using Republic.Core;
using Republic.Core.Episodes.Casting;
using Republic.Core.Scenarios;
using Republic.Core.Scenarios.Definitions;

namespace Republic.Web.Pages.Episodes;

/// <summary>Who is to play a role.</summary>
public sealed class CastForm
{
    public string? Role { get; set; }

    public Guid? Citizen { get; set; }

    /// <summary>How the player is to play the role in this episode, such as *is new in the team*.</summary>
    public string? Description { get; set; }

    /// <summary>A line for each role that needs somebody. Where only one can be meant, they are chosen already.</summary>
    /// <param name="known">What was chosen and typed before; null where nothing was.</param>
    public static List<CastForm> Of(ScenarioDefinition definition, IReadOnlyList<CastChoice> choices, Func<string, CastForm?> known) =>
        [
            .. from role in definition.Roles
            where CastRules.IsNeeded(definition, role)
            let before = known(role.Name)
            select new CastForm
            {
                Role = role.Name,
                Citizen = before?.Citizen ?? Meant(role, choices),
                Description = before?.Description,
            },
        ];

    /// <summary>Lines as they were sent, by role.</summary>
    public static Dictionary<string, CastForm> ByRole(IEnumerable<CastForm> lines) =>
        lines
            .Where(line => line.Role is not null)
            .DistinctBy(line => line.Role, StringComparer.Ordinal)
            .ToDictionary(line => line.Role!, StringComparer.Ordinal);

    public static Dictionary<string, Guid> ToCast(IEnumerable<CastForm> lines) =>
        ByRole(lines.Where(line => line.Citizen is not null))
            .ToDictionary(line => line.Key, line => line.Value.Citizen!.Value, StringComparer.Ordinal);

    public static Dictionary<string, string?> ToDescriptions(IEnumerable<CastForm> lines) =>
        ByRole(lines.Where(line => !string.IsNullOrWhiteSpace(line.Description)))
            .ToDictionary(line => line.Key, line => line.Value.Description, StringComparer.Ordinal);

    /// <summary>The roles for which nobody is chosen.</summary>
    public static IEnumerable<FieldError> Missing(IEnumerable<CastForm> lines) =>
        lines
            .Where(line => line.Citizen is null)
            .Select(line => new FieldError($"cast.{line.Role}", $"Choose who plays “{ElementName.Of(line.Role ?? "")}”."));

    /// <summary>A failure whose messages stand at the lines of their roles.</summary>
    public static Failure ToFormErrors(Failure failure, List<CastForm> lines) =>
        ToFormErrors(
            failure,
            (part, role) =>
                lines.FindIndex(line => line.Role == role) is >= 0 and var index ? $"cast[{index}].{Field(part, "citizen")}" : null
        );

    /// <summary>A failure whose messages stand at the fields of a form that gives one role to somebody.</summary>
    public static Failure ToFormErrors(Failure failure) => ToFormErrors(failure, (part, _) => Field(part, "player"));

    private static Failure ToFormErrors(Failure failure, Func<string, string, string?> field) =>
        failure with
        {
            Fields =
            [
                .. failure.Fields.Select(error =>
                    error.Field.Split('.', 2) is [("cast" or "descriptions") and var part, var role] && field(part, role) is { } placed
                        ? error with
                        {
                            Field = placed,
                        }
                        : error
                ),
            ],
        };

    private static string Field(string part, string player) => part == "cast" ? player : "description";

    private static Guid? Meant(RoleDefinition role, IReadOnlyList<CastChoice> choices) =>
        choices.Where(choice => choice.Fits(role)).Take(2).ToList() is [var only] ? only.Id : null;
}
