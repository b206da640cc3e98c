using Republic.Core.Tasks.HandIns;

namespace Republic.Web.Pages.Datasets;

public sealed class HandInsForm
{
    public string? Name { get; set; } = "Finished tasks";

    public IList<Guid> TaskIds { get; set; } = [];

    public HandInChoice ToChoice(Guid? minion) =>
        new()
        {
            Name = Name,
            MinionId = minion,
            TaskIds = [.. TaskIds],
        };
}
