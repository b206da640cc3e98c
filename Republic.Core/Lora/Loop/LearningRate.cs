namespace Republic.Core.Lora.Loop;

/// <summary>Rises in a straight line for the first steps, then falls along half a cosine to zero (Loshchilov and Hutter, 2017).</summary>
/// <param name="Steps">Of the whole run.</param>
internal sealed record LearningRate(double Peak, int WarmUpSteps, int Steps)
{
    /// <param name="step">From 1.</param>
    public double At(int step)
    {
        if (step <= WarmUpSteps)
        {
            return Peak * step / WarmUpSteps;
        }

        // The last step still learns a little: it is one before the cosine's end.
        var done = (double)(step - WarmUpSteps) / (Steps - WarmUpSteps + 1);
        return Peak * 0.5 * (1 + Math.Cos(Math.PI * Math.Min(done, 1)));
    }
}
