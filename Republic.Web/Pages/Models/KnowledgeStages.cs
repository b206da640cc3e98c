namespace Republic.Web.Pages.Models;

/// <summary>The switches of <see cref="KnowledgeForm"/>.</summary>
public sealed class KnowledgeStages
{
    public bool Style { get; set; }

    public bool Knowledge { get; set; }

    public bool Generation { get; set; }

    public bool AnswersWithoutPassages { get; set; }

    public bool Help { get; set; }
}
