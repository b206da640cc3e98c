namespace Republic.Core.Training.Configuration;

public static class TrainingMethods
{
    public static bool TrainsWeights(this TrainingMethod method) => method is TrainingMethod.Lora or TrainingMethod.Style;
}
