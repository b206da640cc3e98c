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

    /// <summary>A line for each role that needs somebody. Where only one can be meant, they are chosen already.</summary>
    /// <param name="cast">Who was chosen before, by role.</param>
    public static List<CastForm> Of(ScenarioDefinition definition, IReadOnlyList<CastChoice> choices, Func<string, Guid?> cast) =>
        [
            .. definition
                .Roles.Where(role => CastRules.IsNeeded(definition, role))
                .Select(role => new CastForm { Role = role.Name, Citizen = cast(role.Name) ?? Meant(role, choices) }),
        ];

    public static Dictionary<string, Guid> ToCast(IEnumerable<CastForm> lines) =>
        lines
            .Where(line => line is { Role: not null, Citizen: not null })
            .DistinctBy(line => line.Role, StringComparer.Ordinal)
            .ToDictionary(line => line.Role!, line => line.Citizen!.Value, StringComparer.Ordinal);

    /// <summary>The roles for which nobody is chosen.</summary>
    public static IEnumerable<FieldError> Missing(IEnumerable<CastForm> lines) =>
        lines
            .Where(line => line.Citizen is null)
            .Select(line => new FieldError($"cast.{line.Role}", $"Choose who plays “{ElementName.Of(line.Role ?? "")}”."));

    /// <summary>A failure whose messages stand at the lines of their roles.</summary>
    public static Failure Placed(Failure failure, IReadOnlyList<CastForm> lines) =>
        failure with
        {
            Fields =
            [
                .. failure.Fields.Select(error =>
                    lines.ToList().FindIndex(line => error.Field == $"cast.{line.Role}") is >= 0 and var index
                        ? error with
                        {
                            Field = $"cast[{index}].citizen",
                        }
                        : error
                ),
            ],
        };

    private static Guid? Meant(RoleDefinition role, IReadOnlyList<CastChoice> choices) =>
        choices.Where(choice => choice.Fits(role)).Take(2).ToList() is [var only] ? only.Id : null;
}
