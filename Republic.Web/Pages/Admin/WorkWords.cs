using Republic.Core.Jobs;

namespace Republic.Web.Pages.Admin;

/// <summary>Kinds and states of jobs in words.</summary>
internal static class WorkWords
{
    public static string Of(string kind) =>
        kind switch
        {
            "training" => "Training run",
            "dataset" => "Dataset",
            "document" => "Document",
            "comparison" => "Comparison",
            "measure" => "Measuring a collection",
            "questions" => "Drafting questions",
            "rows" => "Collection of rows",
            "task" => "Task",
            "episode" => "Episode",
            "episode_memory" => "Memories of an episode",
            "personal_model" => "Installing a model",
            "backup" => "Backup",
            "backup_check" => "Check of a backup",
            "export" => "Exporting an account",
            "import" => "Importing an archive",
            _ => kind,
        };

    public static string Of(JobStatus status) =>
        status switch
        {
            JobStatus.Queued => "waiting",
            JobStatus.Running => "at work",
            JobStatus.Paused => "paused",
            JobStatus.Completed => "done",
            JobStatus.Failed => "failed",
            _ => "stopped",
        };
}
