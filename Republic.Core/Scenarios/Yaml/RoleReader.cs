using Republic.Core.Scenarios.Definitions;

namespace Republic.Core.Scenarios.Yaml;

internal static class RoleReader
{
    public static RoleDefinition Read(string name, FieldReader fields)
    {
        var role = new RoleDefinition(name)
        {
            Description = fields.Text("description", ScenarioRules.LongestText),
            Model = fields.Text("model", ScenarioRules.LongestModel),
            IsPinned = fields.Flag("pin") ?? false,
            Kind = fields.Word<RoleKind>("kind") ?? RoleKind.Any,
            IsDirector = fields.Flag("director") ?? false,
        };
        fields.RefuseOthers();
        return role;
    }
}
