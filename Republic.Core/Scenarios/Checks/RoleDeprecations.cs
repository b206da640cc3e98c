using Republic.Core.Minions.Models;
using Republic.Core.Providers.Listings;
using Republic.Core.Scenarios.Definitions;

namespace Republic.Core.Scenarios.Checks;

/// <summary>The announced ends of the models that roles name.</summary>
public static class RoleDeprecations
{
    /// <returns>By the name of the role; of those alone whose model ends.</returns>
    public static IReadOnlyDictionary<string, ModelDeprecation> Of(ScenarioDefinition definition, PersonDeprecations deprecations)
    {
        var found = new Dictionary<string, ModelDeprecation>(StringComparer.Ordinal);
        foreach (var role in definition.Roles)
        {
            if (role.Model is { } model && deprecations.OfNamed(model) is { } end)
            {
                found[role.Name] = end;
            }
        }

        return found;
    }
}
