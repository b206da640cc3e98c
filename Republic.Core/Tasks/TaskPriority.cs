namespace Republic.Core.Tasks;

public enum TaskPriority
{
    None,
    Low,
    Medium,
    High,
    Urgent,
}
