using Republic.Core.Tasks.Board;

namespace Republic.Web.Pages.Tasks;

/// <summary>The fields of a task, and what they offer.</summary>
/// <param name="Assignable">Empty where the form does not ask who does it.</param>
/// <param name="Offered">Tasks that it could be a part of.</param>
public sealed record TaskFormView(TaskForm Input, IReadOnlyList<TaskCitizen> Assignable, IReadOnlyList<TaskLink> Offered);
